import { Alert } from "antd";
import { useWords } from "../i18n/words.ts";
import { useConnected } from "./use-connected.ts";

/** Says in a dialog that nothing can be done while the connection is lost; what was written stays. */
export const Paused = () => {
  const t = useWords();
  return useConnected() ? null : <Alert type="warning" showIcon title={t("chat.lost")} />;
};
