import { auditWords } from './audit.ts';
import { auditFieldWords } from './audit-fields.ts';
import { backupWords } from './backup.ts';
import { claimsActScreensWords } from './claims-act-screens.ts';
import { claimsMoneyScreensWords } from './claims-money-screens.ts';
import { claimReviewWords } from './claims-reviews.ts';
import { claimsScreensWords } from './claims-screens.ts';
import { conformanceWords } from './conformance.ts';
import { demoWords } from './demo.ts';
import { fieldNameWords } from './field-names.ts';
import { identityWords } from './identity.ts';
import { identityImportWords } from './identity-import.ts';
import { insuranceWords } from './insurance.ts';
import { insuranceActuarialWords } from './insurance-actuarial.ts';
import { insuranceAnnexWords } from './insurance-annex.ts';
import { insuranceBatchesWords } from './insurance-batches.ts';
import { insuranceBooksWords } from './insurance-books.ts';
import { insuranceClaimLettersWords } from './insurance-claim-letters.ts';
import { insuranceClaimantWords } from './insurance-claimant.ts';
import { insuranceClaimsWords } from './insurance-claims.ts';
import { insuranceCommissionWords } from './insurance-commission.ts';
import { insuranceElsewhereWords } from './insurance-elsewhere.ts';
import { insuranceEndorseScreensWords } from './insurance-endorse-screens.ts';
import { insuranceEvidenceWords } from './insurance-evidence.ts';
import { insuranceFilingWords } from './insurance-filing.ts';
import { insuranceFundingWords } from './insurance-funding.ts';
import { insuranceHoldingsWords } from './insurance-holdings.ts';
import { insuranceInstalmentsWords } from './insurance-instalments.ts';
import { insuranceIntakeScreensWords } from './insurance-intake-screens.ts';
import { insuranceMatchesWords } from './insurance-matches.ts';
import { insuranceMoneyWords } from './insurance-money.ts';
import { insuranceMoneyScreensWords } from './insurance-money-screens.ts';
import { insuranceNoticesWords } from './insurance-notices.ts';
import { insurancePensionWords } from './insurance-pension.ts';
import { insurancePoliciesWords } from './insurance-policies.ts';
import { insuranceProductsWords } from './insurance-products.ts';
import { insuranceQuoteScreensWords } from './insurance-quote-screens.ts';
import { insuranceScreensWords } from './insurance-screens.ts';
import { insuranceSettlementWords } from './insurance-settlement.ts';
import { kernelWords } from './kernel.ts';
import { marketWords } from './market.ts';
import { marketScreensWords } from './market-screens.ts';
import { packFactWords } from './pack-facts.ts';
import { packsWords } from './packs.ts';
import { phoneWords } from './phone.ts';
import { preventionWords } from './prevention.ts';
import { preventionJudgementWords } from './prevention-judgement.ts';
import { preventionJudgementScreensWords } from './prevention-judgement-screens.ts';
import { preventionScreensWords } from './prevention-screens.ts';
import { registryWords } from './registry.ts';
import { registryDocumentWords } from './registry-documents.ts';
import { registryHouseholdWords } from './registry-households.ts';
import { registryImportWords } from './registry-import.ts';
import { registryScanWords } from './registry-scan.ts';
import { rescueWords } from './rescue.ts';
import { rescueAfterWords } from './rescue-after.ts';
import { rescueCauseWords } from './rescue-causes.ts';
import { rescueFieldWords } from './rescue-field.ts';
import { rescueQueueWords } from './rescue-queue.ts';
import { rescueScreensWords } from './rescue-screens.ts';
import { rescueScriptWords } from './rescue-script.ts';
import { rescueSosWords } from './rescue-sos.ts';
import { rescueStatisticsWords } from './rescue-statistics.ts';
import { rescueTimelineWords } from './rescue-timeline.ts';
import { rescueVolunteerPageWords } from './rescue-volunteer-page.ts';
import { rescueVolunteerWords } from './rescue-volunteers.ts';
import { sandboxWords } from './sandbox.ts';
import { telemetryWords } from './telemetry.ts';
import { telemetryFindingsWords } from './telemetry-findings.ts';
import { telemetryWorkWords } from './telemetry-work.ts';
import { webWords } from './web.ts';
import { webAccessWords } from './web-access.ts';
import { webElevatorsWords } from './web-elevators.ts';
import { webRescueWords } from './web-rescue.ts';
import { webRoomWords } from './web-rooms.ts';
import { webTelemetryWords } from './web-telemetry.ts';
import { webhookWords } from './webhooks.ts';

export type Language = 'zh' | 'en';

/** One text in both languages; `{name}` is filled in when it is said. */
type Text = { zh: string; en: string };

/** Every text a person reads, by code. Each module adds its own file here. */
const allWords: Readonly<Record<string, Text>> = {
  ...auditWords,
  ...auditFieldWords,
  ...backupWords,
  ...claimsScreensWords,
  ...claimsMoneyScreensWords,
  ...claimsActScreensWords,
  ...conformanceWords,
  ...demoWords,
  ...fieldNameWords,
  ...identityImportWords,
  ...identityWords,
  ...insuranceCommissionWords,
  ...insuranceElsewhereWords,
  ...insuranceSettlementWords,
  ...insuranceFundingWords,
  ...insuranceHoldingsWords,
  ...insuranceInstalmentsWords,
  ...insuranceEvidenceWords,
  ...insuranceFilingWords,
  ...insurancePoliciesWords,
  ...insuranceActuarialWords,
  ...insuranceProductsWords,
  ...insuranceScreensWords,
  ...insuranceQuoteScreensWords,
  ...insuranceEndorseScreensWords,
  ...insuranceAnnexWords,
  ...insuranceIntakeScreensWords,
  ...insuranceMatchesWords,
  ...insuranceMoneyScreensWords,
  ...insuranceBatchesWords,
  ...insuranceBooksWords,
  ...insuranceMoneyWords,
  ...insuranceWords,
  ...insuranceClaimantWords,
  ...claimReviewWords,
  ...insuranceClaimsWords,
  ...insuranceClaimLettersWords,
  ...insuranceNoticesWords,
  ...insurancePensionWords,
  ...kernelWords,
  ...marketScreensWords,
  ...marketWords,
  ...packsWords,
  ...packFactWords,
  ...phoneWords,
  ...preventionJudgementWords,
  ...preventionJudgementScreensWords,
  ...preventionScreensWords,
  ...preventionWords,
  ...registryDocumentWords,
  ...registryHouseholdWords,
  ...registryImportWords,
  ...registryScanWords,
  ...registryWords,
  ...rescueAfterWords,
  ...rescueFieldWords,
  ...rescueQueueWords,
  ...rescueScreensWords,
  ...rescueSosWords,
  ...rescueVolunteerWords,
  ...rescueVolunteerPageWords,
  ...rescueWords,
  ...rescueStatisticsWords,
  ...rescueCauseWords,
  ...rescueScriptWords,
  ...rescueTimelineWords,
  ...sandboxWords,
  ...telemetryFindingsWords,
  ...telemetryWords,
  ...telemetryWorkWords,
  ...webWords,
  ...webAccessWords,
  ...webElevatorsWords,
  ...webRoomWords,
  ...webTelemetryWords,
  ...webRescueWords,
  ...webhookWords,
};

/** Is there a text for this code? */
export const hasWords = (code: string): boolean => Object.hasOwn(allWords, code);

/** Every code there is, for the test that both languages are complete. */
export const wordCodes = (): readonly string[] => Object.keys(allWords);

/** A value as it stands in a sentence; what is no text or number leaves the placeholder. */
const filled = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;

const figure = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Fen as `¥1,234.56`; a minus stands before the sign. Exact below 90 trillion yuan. */
export const yuan = (fen: number): string => `${fen < 0 ? '-' : ''}¥${figure.format(Math.abs(fen) / 100)}`;

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** An instant as `2026-11-21 10:12` in Shanghai; what is none stays as it is. */
const clockTime = (instant: string): string =>
  Number.isNaN(Date.parse(instant)) ? instant : clock.format(new Date(instant));

/**
 * Say a text in a language, with `{name}` filled from `params`. `{due|yuan}` is an amount in fen as people read it, `{at|time}`
 * an instant on the clock in Shanghai, `{payer|insurance.payer}` the word of a code. An unknown code is said as itself.
 */
export function say(code: string, language: Language, params: Readonly<Record<string, unknown>> = {}): string {
  const text = Object.hasOwn(allWords, code) ? allWords[code] : undefined;
  if (!text) return code;
  return text[language].replace(/\{(\w+)(?:\|([\w.]+))?\}/g, (whole, name: string, as?: string) => {
    const value = params[name];
    if (as === 'yuan') return typeof value === 'number' ? yuan(value) : whole;
    if (as === 'time') return typeof value === 'string' ? clockTime(value) : whole;
    const word = as && typeof value === 'string' ? allWords[`${as}.${value}`] : undefined;
    return word ? word[language] : (filled(value) ?? whole);
  });
}
