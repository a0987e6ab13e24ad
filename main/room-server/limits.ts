/** Every bound of the room in one table. Rates are token buckets: `perSecond` on average, `burst` at once. */
export const limits = {
  /** Longest frame a client may send; longer ones close its connection (RFC 6455 code 1009). */
  frameBytes: 64 * 1024,
  connections: 10_000,
  /** Generous, because a school, a company or a carrier may stand behind one address. */
  connectionsPerAddress: 2_000,
  connectAttemptsPerAddress: { perSecond: 200, burst: 2_000 },
  connectionsPerPerson: 8,
  outstandingRequests: 32,
  /** Requests of one connection; media and anchors' connections ask for more than viewers do. */
  requests: { perSecond: 30, burst: 60 },
  anchorRequests: { perSecond: 100, burst: 200 },
  /** Of one person, over all connections. */
  chat: { perSecond: 1, burst: 5 },
  gifts: { perSecond: 20, burst: 50 },
  /** Faster than hands are, and too slow to empty a room with a stolen token before somebody sees it. */
  moderation: { perSecond: 10, burst: 40 },
  /** How long newcomers from the network addresses of a banned person are kept out. */
  addressBanMs: 24 * 3_600_000,
  /** Addresses that are remembered of one person. */
  addressesPerPerson: 8,
  blockedWords: 100_000,
  /** Invitations that wait to be used. */
  openInvitations: 50,
  listedInvitations: 200,
  /** Messages of one person that wait for a moderator. */
  heldOfPerson: 5,
  heldNoticeMs: 200,
  /** Malformed, unknown, invalid or forbidden messages in a row before the connection is closed. */
  errorsInRow: 20,
  /** Requests over the rate that a connection may make before it is closed. */
  refusals: { perSecond: 10, burst: 1_000 },
  transports: 4,
  producers: 8,
  consumers: 64,
  newConsumerTimeoutMs: 10_000,
  heartbeatMs: 15_000,
  handshakeMs: 10_000,
  /** A connection that has more than this waiting to be sent is closed. */
  bufferedBytes: 4 * 1024 * 1024,
  /** Resumed record events wait above this, … */
  recordBufferedBytes: 1024 * 1024,
  /** … and chat messages are skipped. */
  chatBufferedBytes: 256 * 1024,
  /** Chat is gathered for so long between two frames to everybody; it takes a sixth of a core where a frame costs 4 µs. */
  chatIntervalMs: { perConnection: 0.025, longest: 100 },
  /** Most events or messages in one notification. */
  batch: 256,
  /** Newest record events that are kept in memory for those who resume. */
  recordRing: 1_024,
  commitQueue: 4_096,
  commitGroup: 1_024,
  /** The least time between two commits, unless so much waits: a storm is written, sent and drawn once for each picture. */
  commitIntervalMs: 33,
  commitAtOnce: 64,
  /** How long a repeat of a request id is recognised. */
  requestMemoryMs: 24 * 3_600_000,
  /** How long a person's rates are remembered after the last connection has closed. */
  personMemoryMs: 60_000,
  audienceNoticeMs: 1_000,
  playbackNoticeMs: 2_000,
  /** The least time between two reports of one viewer, and how many the room wants from all of them. */
  playbackReportMs: 5_000,
  playbackReportsPerSecond: 10,
} as const;

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}
