import { useEffect, useRef, useState } from "react";

/** True for `forMs` after a counter has last risen. */
export const useRecentRise = (count: number, forMs: number): boolean => {
  const [recent, setRecent] = useState(false);
  const before = useRef(count);
  useEffect(() => {
    const rose = count > before.current;
    before.current = count;
    if (!rose) return undefined;
    setRecent(true);
    const timer = setTimeout(() => setRecent(false), forMs);
    return () => clearTimeout(timer);
  }, [count, forMs]);
  return recent;
};
