/** What each refusal of the lifecycle programme is in HTTP. */
export const pensionStatus = {
  'insurance.pension_not_found': 404,
  'insurance.pension_elevator': 404,
  'insurance.pension_running': 409,
  'insurance.pension_policy': 409,
  'insurance.pension_term': 400,
  'insurance.pension_service': 400,
  'insurance.pension_voucher': 409,
  'insurance.pension_future': 400,
  'insurance.pension_scale': 400,
  'insurance.pension_overlap': 409,
  'insurance.pension_complete': 409,
  'insurance.pension_too_late': 409,
  'insurance.pension_upkeep': 400,
  'insurance.pension_funding': 400,
  'insurance.pension_source': 400,
} as const;
