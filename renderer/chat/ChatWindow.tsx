import { Input, type InputRef } from "antd";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Person } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { FlaggedMessage, HeldMessage } from "../../preload/contract/moderation.ts";
import { can, canActOn, canUndo } from "../../preload/contract/rights.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { roomStatus } from "../room/room-status.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon, PinIcon, SearchIcon, WarningIcon } from "../ui/icons.tsx";
import { ActDialog, type PersonAct } from "./ActDialog.tsx";
import { BigType } from "./BigType.tsx";
import { useChat } from "./chat-context.ts";
import { actionOfKey, type ChatAction, chatKeys } from "./chat-keys.ts";
import type { ChatSettingsStore } from "./chat-settings-store.ts";
import { ChatHeader } from "./ChatHeader.tsx";
import { ChatInput, type ChatInputControl } from "./ChatInput.tsx";
import { ChatSettingsDialog } from "./ChatSettingsDialog.tsx";
import styles from "./ChatWindow.module.css";
import { DenyDialog } from "./DenyDialog.tsx";
import { type FeedFilter, fitsFilter, noFilter } from "./feed-filter.ts";
import { senderOf } from "./feed-line.ts";
import { FeedList, type FeedListControl } from "./FeedList.tsx";
import { filterRows } from "./filter-rows.ts";
import { HeldBar } from "./HeldBar.tsx";
import { KeyList } from "./KeyList.tsx";
import { QuickReplies } from "./QuickReplies.tsx";
import { RoomDialog } from "./RoomDialog.tsx";
import { RowBar } from "./RowBar.tsx";
import { useActs } from "./use-acts.ts";
import { useFlags } from "./use-flags.ts";
import { useNowMs } from "./use-now.ts";
import { ViewerCardDialog } from "./ViewerCardDialog.tsx";
import { bondWith, pinnedWith } from "./wishes.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, [role=dialog]") !== null;

/** A window that is all chat: read, search and govern, by the keyboard as by the pointer. */
export const ChatWindow = ({ settings }: { readonly settings: ChatSettingsStore }) => {
  const t = useWords();
  const { feed, room, inBrowser } = useChat();
  const status = useStore(room);
  const { density, fontPx, onTop, quickReplies } = useStore(settings.state);
  const [filter, setFilter] = useState<FeedFilter>(noFilter);
  const [selectedRow, setSelectedRow] = useState<number | null>(null);
  const [open, setOpen] = useState<"keys" | "settings" | "bigType" | "room" | null>(null);
  const [about, setAbout] = useState<{
    readonly person: Person;
    readonly what: PersonAct | "card";
  } | null>(null);
  const [showsAllHeld, setShowsAllHeld] = useState(false);
  const [denying, setDenying] = useState<HeldMessage | null>(null);
  const [decided, setDecided] = useState<ReadonlySet<MessageId>>(new Set());
  const acts = useActs();
  const flags = useFlags(acts);
  const nowMs = useNowMs(5_000);
  const info = infoOf(status);
  const list = useRef<FeedListControl>(null);
  const input = useRef<ChatInputControl>(null);
  const search = useRef<InputRef>(null);
  const rows = useMemo(() => {
    const fits = fitsFilter(filter);
    return fits ? filterRows(feed, fits) : feed;
  }, [feed, filter]);
  const narrow = (change: Partial<FeedFilter>) => {
    setSelectedRow(null);
    setFilter((before) => ({ ...before, ...change }));
  };

  const selected = selectedRow === null ? undefined : rows.at(selectedRow);
  const person = selected && senderOf(selected);
  const message = selected?.type === "chat" ? selected.message : null;
  const messageId = message?.messageId ?? null;
  const pinned = pinnedWith(info?.pinned ?? null, acts.wishes);
  const isPinned = messageId !== null && pinned?.messageId === messageId;
  const bond = person ? bondWith(feed, person.viewerId, nowMs, acts.wishes) : null;
  const connected = status.status === "connected";
  const mayUnflag = ({ by }: FlaggedMessage): boolean =>
    connected &&
    info !== null &&
    can(info.self.role, "message.flag") &&
    canUndo(info.self.role, by.role);
  const powers = new Set<ChatAction>();
  if (connected && info && person) {
    const on = { role: person.role, self: person.viewerId === info.self.viewerId };
    const { role } = info.self;
    if (selected?.type === "chat" && selected.deletedBy === null) {
      if (canActOn(role, "message.delete", on)) powers.add("deleteMessage");
      if (can(role, "message.pin")) powers.add("pin");
      const flag = flags.find(messageId);
      if (flag ? mayUnflag(flag) : can(role, "message.flag")) powers.add("flag");
    }
    if (canActOn(role, "person.timeOut", on)) powers.add("timeOut");
    if (canActOn(role, "person.ban", on)) powers.add("ban");
    if (canActOn(role, "person.warn", on)) powers.add("warn");
  }
  const governs = connected && info !== null && can(info.self.role, "moderation.read");
  if (governs) powers.add("card").add("undo").add("room");
  const held = governs ? (info.held ?? []).filter((each) => !decided.has(each.messageId)) : [];
  /** It waits no more in this window at once, and again where the room refuses. */
  const decide = async ({ messageId: of }: HeldMessage, allow: boolean, reason = "") => {
    setDecided((before) => new Set(before).add(of));
    const answer = await acts.act(allow ? "allowMessage" : "denyMessage", {
      messageId: of,
      reason,
    });
    if (!answer.ok && answer.error.code !== "moderation.message_unknown")
      setDecided((before) => new Set([...before].filter((each) => each !== of)));
  };
  const ask = (what: PersonAct | "card") => {
    if (powers.has(what) && person) setAbout({ person, what });
  };
  const actions: Readonly<Record<ChatAction, () => void>> = {
    next: () => list.current?.step(1),
    previous: () => list.current?.step(-1),
    follow: () => {
      if (list.current?.follow() === false) narrow(noFilter);
    },
    write: () => input.current?.focus(),
    search: () => search.current?.focus({ cursor: "all" }),
    giftsOnly: () => narrow({ giftsOnly: !filter.giftsOnly }),
    reply: () => person && input.current?.replyTo(person.nickname),
    onlyPerson: () => narrow({ person: filter.person ? null : (person ?? null) }),
    card: () => ask("card"),
    deleteMessage: () => {
      if (message && powers.has("deleteMessage")) void acts.deleteMessage(message);
    },
    timeOut: () => ask("timeOut"),
    ban: () => ask("ban"),
    warn: () => ask("warn"),
    pin: () => {
      if (powers.has("pin")) void acts.pin(isPinned ? null : message);
    },
    undo: () => {
      if (powers.has("undo")) void acts.undo();
    },
    room: () => {
      if (powers.has("room")) setOpen("room");
    },
    held: () => setShowsAllHeld((before) => !before),
    allow: () => held[0] && void decide(held[0], true),
    deny: () => setDenying(held[0] ?? null),
    flag: () => {
      if (message && powers.has("flag")) void flags.set(message, !flags.find(messageId));
    },
    bigType: () => setOpen("bigType"),
    onTop: () => void settings.update({ onTop: !onTop }),
    settings: () => setOpen("settings"),
    keys: () => setOpen("keys"),
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isAsking = open !== null || about !== null || denying !== null;
    const digit = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    if (digit && !isAsking) {
      const reply = quickReplies[Number(digit) - 1];
      if (reply === undefined) return;
      event.preventDefault();
      input.current?.say(reply);
      return;
    }
    if (event.key === "Escape" && event.target instanceof HTMLInputElement) {
      event.target.blur();
      return;
    }
    if (open === "bigType" && event.key === "Escape") return setOpen(null);
    if (isTyping(event.target) || isAsking) return;
    const action = actionOfKey(event);
    // The focused button is pressed by Enter.
    if (
      !action ||
      (action === "onTop" && inBrowser) ||
      (event.key === "Enter" && event.target instanceof HTMLButtonElement)
    )
      return;
    if (chatKeys.some((each) => each.action === action && each.row) && !person) return;
    event.preventDefault();
    actions[action]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  const isFiltered = rows !== feed;
  return (
    <main
      className={styles["window"]}
      data-density={density}
      style={{ "--chat-font": `${fontPx}px` } as React.CSSProperties}
    >
      <div className={styles["below"]} inert={open === "bigType"}>
        <ChatHeader
          onTop={onTop}
          giftsOnly={filter.giftsOnly}
          flagged={flags.flagged.length}
          onAction={(action) => actions[action]()}
        />
        {!connected && status.status !== "uplinkOnly" && (
          <p className={styles["lost"]} role="alert">
            <WarningIcon size={14} />
            <span>
              {info && <strong>{t("chat.lost")} </strong>}
              {status.status === "failed" ? t(`error.${status.error.code}`) : roomStatus(status, t)}
            </span>
          </p>
        )}
        <div className={styles["search"]}>
          <Input
            ref={search}
            size="small"
            allowClear={{ clearIcon: <CloseIcon size={10} /> }}
            prefix={<SearchIcon size={12} />}
            value={filter.word}
            placeholder={t("chat.search")}
            aria-label={t("chat.search")}
            onChange={(event) => narrow({ word: event.target.value })}
            // On to what was found.
            onPressEnter={(event) => {
              if (event.nativeEvent.isComposing) return;
              event.currentTarget.blur();
              list.current?.step(-1);
            }}
          />
          {filter.person && (
            <button
              type="button"
              className={styles["chip"]}
              title={t("chat.everybody")}
              onClick={() => narrow({ person: null })}
            >
              <span>{filter.person.nickname}</span>
              <CloseIcon size={10} />
            </button>
          )}
        </div>
        {pinned && (
          <div className={styles["pinned"]}>
            <PinIcon size={13} />
            <p title={pinned.text}>
              <strong>{pinned.sender.nickname}</strong> {pinned.text}
            </p>
            {governs && (
              <IconButton
                label={t("chat.unpin")}
                placement="topRight"
                icon={<CloseIcon size={12} />}
                onClick={() => void acts.pin(null)}
              />
            )}
          </div>
        )}
        <HeldBar
          held={held}
          all={showsAllHeld}
          onAll={() => actions.held()}
          onAllow={(each) => void decide(each, true)}
          onDeny={setDenying}
        />
        <FeedList
          key={`${filter.word}\n${filter.person?.viewerId ?? ""}\n${filter.giftsOnly}`}
          rows={rows}
          flagged={flags.ids}
          control={list}
          selectedRow={selectedRow}
          onSelect={setSelectedRow}
          empty={info && t(isFiltered ? "chat.noneFits" : "chat.empty")}
        />
        {selected && person && (
          <RowBar
            person={person}
            flagged={flags.find(messageId) !== undefined}
            onlyPerson={filter.person !== null}
            pinned={isPinned}
            bond={bond}
            powers={powers}
            onAction={(action) => actions[action]()}
          />
        )}
        <QuickReplies
          settings={settings}
          disabled={!connected}
          onSay={(text) => input.current?.say(text)}
          onEdit={() => setOpen("settings")}
        />
        <ChatInput control={input} />
        <RoomDialog acts={acts} open={open === "room"} onClose={() => setOpen(null)} />
        {about &&
          (about.what === "card" ? (
            <ViewerCardDialog person={about.person} acts={acts} onClose={() => setAbout(null)} />
          ) : (
            <ActDialog
              kind={about.what}
              person={about.person}
              acts={acts}
              onClose={() => setAbout(null)}
            />
          ))}
        {denying && (
          <DenyDialog
            message={denying}
            settings={settings}
            onDeny={(reason) => void decide(denying, false, reason)}
            onClose={() => setDenying(null)}
          />
        )}
        <KeyList open={open === "keys"} onClose={() => setOpen(null)} />
        <ChatSettingsDialog
          settings={settings}
          open={open === "settings"}
          onClose={() => setOpen(null)}
        />
      </div>
      {open === "bigType" && (
        <BigType
          flagged={flags.flagged}
          mayRead={mayUnflag}
          onRead={(flag) => void flags.set(flag.message, false)}
          onClose={() => setOpen(null)}
        />
      )}
    </main>
  );
};
