import type { DtlsParameters, RtpCapabilities, RtpParameters } from "mediasoup/types";
import { z } from "zod";

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** mediasoup and its worker check what is inside; a TypeError of theirs is the client's mistake. */
export const opaqueDtlsParameters = z.custom<DtlsParameters>(isObject);
export const opaqueRtpCapabilities = z.custom<RtpCapabilities>(isObject);
export const opaqueRtpParameters = z.custom<RtpParameters>(isObject);
