import { App, Button, Modal } from "antd";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useOnAir, useStudio } from "../studio/studio-context.ts";
import styles from "./RoomOfferDialog.module.css";

/** Asks whether to use the room of a link that was opened outside; the question waits while live, or while a show may go on. */
export const RoomOfferDialog = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { notices, request } = useStudio();
  const offer = useStore(notices, (state) => state.roomOffer);
  const mayGoOn = useStore(notices, (state) => state.offeredSinceMs !== null);
  const onAir = useOnAir();
  if (!offer || onAir || mayGoOn) return null;
  const answer = async (accept: boolean) => {
    const answered = await request("room.answerOffer", {
      offerId: offer.offerId,
      accept,
    });
    if (!answered.ok) void message.error(t(`error.${answered.error.code}`));
  };
  const refuse = () => void answer(false);
  if (offer.type === "invalid")
    return (
      <Modal
        open
        centered
        width={400}
        closable={false}
        title={t("room.offerInvalid")}
        onCancel={refuse}
        footer={
          <Button autoFocus onClick={refuse}>
            {t("app.close")}
          </Button>
        }
      >
        <p className={styles["text"]}>{t("room.offerInvalidText")}</p>
      </Modal>
    );
  return (
    <Modal
      open
      centered
      width={440}
      closable={false}
      title={t("room.offer")}
      onCancel={refuse}
      footer={
        <div className={styles["buttons"]}>
          <Button size="large" autoFocus onClick={refuse}>
            {t("room.offerRefuse")}
          </Button>
          <Button type="primary" size="large" onClick={() => void answer(true)}>
            {t("room.offerAccept")}
          </Button>
        </div>
      }
    >
      <p className={styles["text"]}>{t("room.offerText")}</p>
      <p className={styles["host"]}>{offer.host}</p>
      {!offer.encrypted && <p className={styles["warning"]}>{t("room.offerNotEncrypted")}</p>}
    </Modal>
  );
};
