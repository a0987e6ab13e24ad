import { useEffect, useState } from "react";

/** Gives the focus back, in the end, to what had it before the caller was drawn: a dialog that is drawn only while it is open. */
export const useFocusReturn = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
};
