import { z } from "zod";

/** Ids are opaque, URL-safe and at most 64 characters long. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const CanvasId = id.brand<"CanvasId">();
export type CanvasId = z.infer<typeof CanvasId>;
export const CollectionId = id.brand<"CollectionId">();
export type CollectionId = z.infer<typeof CollectionId>;
export const SceneId = id.brand<"SceneId">();
export type SceneId = z.infer<typeof SceneId>;
export const ItemId = id.brand<"ItemId">();
export type ItemId = z.infer<typeof ItemId>;
/** A group of items in a scene. */
export const GroupId = id.brand<"GroupId">();
export type GroupId = z.infer<typeof GroupId>;
export const FilterId = id.brand<"FilterId">();
export type FilterId = z.infer<typeof FilterId>;
export const FilterPresetId = id.brand<"FilterPresetId">();
export type FilterPresetId = z.infer<typeof FilterPresetId>;
export const TemplateId = id.brand<"TemplateId">();
export type TemplateId = z.infer<typeof TemplateId>;
export const SourceId = id.brand<"SourceId">();
export type SourceId = z.infer<typeof SourceId>;
/** sha-256 of the picture's bytes, in hex. */
export const PictureId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"PictureId">();
export type PictureId = z.infer<typeof PictureId>;

export const RoomId = id.brand<"RoomId">();
export type RoomId = z.infer<typeof RoomId>;
/** A person in a room: stable over reconnects, carried by the signed token. */
export const ViewerId = id.brand<"ViewerId">();
export type ViewerId = z.infer<typeof ViewerId>;
/** One connection of a person; a second connection with the same peer id replaces the first. */
export const PeerId = id.brand<"PeerId">();
export type PeerId = z.infer<typeof PeerId>;
export const EventId = id.brand<"EventId">();
export type EventId = z.infer<typeof EventId>;
export const MessageId = id.brand<"MessageId">();
export type MessageId = z.infer<typeof MessageId>;
export const InvitationId = id.brand<"InvitationId">();
export type InvitationId = z.infer<typeof InvitationId>;
export const ComboId = id.brand<"ComboId">();
export type ComboId = z.infer<typeof ComboId>;
export const GiftId = id.brand<"GiftId">();
export type GiftId = z.infer<typeof GiftId>;
/** Chosen by the sender, once for each wish; a repeat of a request id is answered as the first was. */
export const RequestId = id.brand<"RequestId">();
export type RequestId = z.infer<typeof RequestId>;
