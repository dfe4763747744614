import { useQueryClient } from '@tanstack/react-query';

/** Read everything of insurance again after something was done. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['insurance'] });
}
