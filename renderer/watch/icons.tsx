import { icon } from "../ui/icon.tsx";

/* Icons that only the viewers' page needs. */

export const PenIcon = icon(
  <path d="m10.5 3 2.5 2.5L5.5 13l-3.25.75L3 10.5 10.5 3ZM9 4.5 11.5 7" />,
);
export const PlayIcon = icon(
  <path d="M5 2.9v10.2c0 .6.7 1 1.2.7l7.8-5.1c.5-.3.5-1 0-1.4L6.2 2.2C5.7 1.9 5 2.3 5 2.9Z" />,
  true,
);
export const EnterFullscreenIcon = icon(
  <path d="M2.25 6V3.25a1 1 0 0 1 1-1H6M10 2.25h2.75a1 1 0 0 1 1 1V6M13.75 10v2.75a1 1 0 0 1-1 1H10M6 13.75H3.25a1 1 0 0 1-1-1V10" />,
);
export const ExitFullscreenIcon = icon(
  <path d="M6 2.25V5a1 1 0 0 1-1 1H2.25M13.75 6H11a1 1 0 0 1-1-1V2.25M10 13.75V11a1 1 0 0 1 1-1h2.75M2.25 10H5a1 1 0 0 1 1 1v2.75" />,
);
export const CupIcon = icon(
  <path d="M3 6h8v4.5A2.75 2.75 0 0 1 8.25 13.25h-2.5A2.75 2.75 0 0 1 3 10.5V6ZM11 7h1a1.75 1.75 0 0 1 0 3.5h-1M5.5 2v1.75M8.5 2v1.75" />,
);
export const BroadcastIcon = icon(
  <>
    <circle cx="8" cy="8" r="1.5" />
    <path d="M5.2 10.8a4 4 0 0 1 0-5.6M10.8 5.2a4 4 0 0 1 0 5.6M3.25 12.75a6.75 6.75 0 0 1 0-9.5M12.75 3.25a6.75 6.75 0 0 1 0 9.5" />
  </>,
);
export const TabsIcon = icon(
  <>
    <rect x="4.75" y="4.75" width="9.5" height="9" rx="1.5" />
    <path d="M2 11V3.5A1.5 1.5 0 0 1 3.5 2H11" />
  </>,
);
