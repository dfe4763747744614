/** What stands on a 使用标志, as the register knows it. Null: the register does not say, and the sign shows a dash. */
export type UseSign = {
  variety: string;
  useRegistration: string | null; // 使用登记证编号
  deviceCode: string | null; // 设备代码
  registrationCode: string | null; // 注册代码, of files older than 使用登记证编号
  inHouseNo: string; // 单位内编号
  rescueCode: string | null;
  address: string;
  useUnit: string | null;
  maintenance: string | null;
  maker: string | null;
  inspection: string | null;
  nextInspectionOn: string | null; // the day
};

/** Why no sign is printed for an elevator: a key into the words. */
export type NoSign =
  | 'registry.sign_not_in_use'
  | 'registry.sign_not_registered'
  | 'registry.sign_no_use_unit'
  | 'registry.sign_overdue';

/**
 * A sign tells passengers that the elevator is registered and may be used (TSG 08: it is put up for equipment in use,
 * with the next inspection on it). So none is printed for one that is stopped, sealed or scrapped, that nobody
 * registered, that nobody answers for, or whose inspection is overdue on `today`.
 */
export function noSign(sign: UseSign, { state, today }: { state: string; today: string }): NoSign | null {
  if (state !== 'in_use' && state !== 'registered') return 'registry.sign_not_in_use';
  if (sign.useRegistration === null && sign.registrationCode === null) return 'registry.sign_not_registered';
  if (sign.useUnit === null) return 'registry.sign_no_use_unit';
  if (sign.nextInspectionOn !== null && sign.nextInspectionOn < today) return 'registry.sign_overdue';
  return null;
}
