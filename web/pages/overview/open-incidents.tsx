export const OpenIncidents = (_: { area: string }) => null;
