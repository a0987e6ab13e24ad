import { z } from "zod";

/** Every expected failure there is, as `noun.what_happened`; each has words in the locales under `error.<code>`. */
export const ErrorCode = z.enum([
  "request.invalid",
  "request.unknown",
  "request.forbidden",
  "request.too_many",
  "request.too_large",
  "request.timeout",
  "request.failed",
  "room.unreachable",
  "room.link_invalid",
  "room.token_invalid",
  "room.replaced",
  "room.banned",
  "room.not_moderator",
  "room.certificate_untrusted",
  "room.closed",
  "room.not_offered",
  "room.storage_failed",
  "wallet.insufficient",
  "gift.unknown",
  "chat.too_fast",
  "chat.empty",
  "chat.timed_out",
  "chat.muted",
  "chat.slow_mode",
  "chat.followers_only",
  "chat.word_blocked",
  "chat.held_full",
  "moderation.not_on_this_person",
  "moderation.person_unknown",
  "moderation.message_unknown",
  "moderation.entry_unknown",
  "moderation.not_undoable",
  "moderation.already_so",
  "invitation.invalid",
  "nickname.taken",
  "nickname.invalid",
  "nickname.word_blocked",
  "media.transport_unknown",
  "media.producer_unknown",
  "media.consumer_unknown",
  "media.parameters_invalid",
  "media.worker_unavailable",
  "capture.denied",
  "capture.unknown_source",
  "capture.device_missing",
  "capture.device_busy",
  "capture.failed",
  "capture.frozen",
  "capture.black",
  "capture.window_black",
  "picture.invalid",
  "picture.too_large",
  "picture.missing",
  "alert.file_broken",
  "alert.file_too_large",
  "alert.format_unknown",
  "alert.file_missing",
  "alert.no_room",
  "alert.sound_broken",
  "collection.unknown",
  "collection.unreadable",
  "collection.in_use",
  "collection.too_many",
  "collection.list_invalid",
  "collection.file_invalid",
  "collection.file_newer",
  "collection.file_too_large",
  "collection.file_damaged",
  "document.invalid",
  "document.write_failed",
  "settings.invalid",
  "settings.write_failed",
  "ledger.unavailable",
  "uplink.already_live",
  "uplink.codec_unsupported",
  "uplink.ice_failed",
  "uplink.connection_lost",
  "uplink.window_lost",
  "uplink.rejected",
  "uplink.failed",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** `detail` is for logs and support: never shown instead of the code's words, never holds a secret. */
export const Failure = z.object({ code: ErrorCode, detail: z.string().max(500).optional() });
export type Failure = z.infer<typeof Failure>;

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  code: ErrorCode,
  detail?: string,
): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail: detail.slice(0, 500) },
});
