import { useEffect, useState } from 'react';

/** Whether what the component shows has been there for a while, rather than flown by. */
export function useRested(shown: string, ms: number): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(shown), ms);
    return () => clearTimeout(timer);
  }, [shown, ms]);
  return rested === shown;
}
