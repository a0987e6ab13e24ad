import { icon } from "./icon.tsx";

export const ScreenIcon = icon(
  <>
    <rect x="1.75" y="2.75" width="12.5" height="8.5" rx="1.25" />
    <path d="M5.5 13.75h5M8 11.25v2.5" />
  </>,
);
export const WindowIcon = icon(
  <>
    <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.25" />
    <path d="M1.75 5.75h12.5M4 4.25h.01M6 4.25h.01" />
  </>,
);
export const CameraIcon = icon(
  <>
    <rect x="1.75" y="4.25" width="8.5" height="7.5" rx="1.25" />
    <path d="m10.25 7.25 4-2v5.5l-4-2" />
  </>,
);
export const MicrophoneIcon = icon(
  <>
    <rect x="5.75" y="1.75" width="4.5" height="7.5" rx="2.25" />
    <path d="M3.25 7.5a4.75 4.75 0 0 0 9.5 0M8 12.25v2" />
  </>,
);
export const MicrophoneOffIcon = icon(
  <>
    <path d="M5.75 5.75V7a2.25 2.25 0 0 0 3.6 1.8M10.25 6.5V4a2.25 2.25 0 0 0-4.2-1.1" />
    <path d="M3.25 7.5A4.75 4.75 0 0 0 11 11.15M12.5 9.2c.16-.53.25-1.1.25-1.7M8 12.25v2M2 2l12 12" />
  </>,
);
export const ImageIcon = icon(
  <>
    <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.25" />
    <circle cx="5.25" cy="6.25" r="1.1" />
    <path d="m2 11.5 3.5-2.75 2.25 1.75 3-3 3.5 3" />
  </>,
);
export const TextIcon = icon(<path d="M3 4.5V3h10v1.5M8 3v10M6 13h4" />);
export const ColourIcon = icon(
  <>
    <path d="M8 1.75s4.75 4.6 4.75 8a4.75 4.75 0 0 1-9.5 0c0-3.4 4.75-8 4.75-8Z" />
    <path d="M8 12a2.25 2.25 0 0 1-2.25-2.25" />
  </>,
);
export const TestPatternIcon = icon(
  <>
    <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.25" />
    <path d="M4.9 2.75v7M8 2.75v7M11.1 2.75v7M1.75 9.75h12.5" />
  </>,
);
export const GiftIcon = icon(
  <>
    <path d="M2.75 7.25h10.5v6H2.75zM1.75 4.75h12.5v2.5H1.75zM8 4.75v8.5" />
    <path d="M8 4.75S7.25 1.9 5.4 1.9a1.4 1.4 0 0 0 0 2.85H8Zm0 0s.75-2.85 2.6-2.85a1.4 1.4 0 0 1 0 2.85H8Z" />
  </>,
);
export const EyeIcon = icon(
  <>
    <path d="M1.5 8S3.75 3.5 8 3.5 14.5 8 14.5 8 12.25 12.5 8 12.5 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.9" />
  </>,
);
export const EyeOffIcon = icon(
  <path d="M6.4 3.7A6.3 6.3 0 0 1 8 3.5c4.25 0 6.5 4.5 6.5 4.5a11 11 0 0 1-1.7 2.3M4.2 4.8A10.6 10.6 0 0 0 1.5 8S3.75 12.5 8 12.5c1.3 0 2.4-.4 3.4-1M2 2l12 12" />,
);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const TrashIcon = icon(
  <path d="M2.5 4.25h11M6 4.25v-1.5h4v1.5M3.9 4.25l.6 9h7l.6-9M6.6 6.75v4M9.4 6.75v4" />,
);
export const UpIcon = icon(<path d="M8 13V3.5M4 7.25 8 3.25l4 4" />);
export const DownIcon = icon(<path d="M8 3v9.5M4 8.75l4 4 4-4" />);
export const ChevronDownIcon = icon(<path d="m4 6 4 4 4-4" />);
export const ChevronRightIcon = icon(<path d="m6 4 4 4-4 4" />);
export const GearIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.1" />
    <path d="M8 1.75v1.6M8 12.65v1.6M14.25 8h-1.6M3.35 8h-1.6M12.42 3.58l-1.13 1.13M4.71 11.29l-1.13 1.13M12.42 12.42l-1.13-1.13M4.71 4.71 3.58 3.58" />
    <circle cx="8" cy="8" r="4.65" />
  </>,
);
export const SlidersIcon = icon(
  <>
    <path d="M1.75 4.5h7M12.25 4.5h2M1.75 11.5h2M7.25 11.5h7" />
    <circle cx="10.5" cy="4.5" r="1.75" />
    <circle cx="5.5" cy="11.5" r="1.75" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="5.25" y="5.25" width="9" height="9" rx="1.25" />
    <path d="M10.75 5.25V3a1.25 1.25 0 0 0-1.25-1.25H3A1.25 1.25 0 0 0 1.75 3v6.5A1.25 1.25 0 0 0 3 10.75h2.25" />
  </>,
);
export const CheckIcon = icon(<path d="m3 8.5 3.25 3.25L13 4.75" />);
export const CloseIcon = icon(<path d="m3.75 3.75 8.5 8.5M12.25 3.75l-8.5 8.5" />);
export const WarningIcon = icon(<path d="M8 2 1.5 13.5h13L8 2ZM8 6.5v3.25M8 11.6v.01" />);
export const RetryIcon = icon(
  <path d="M13.25 8A5.25 5.25 0 1 1 11.6 4.2l1.65 1.55M13.25 2.5v3.25H10" />,
);
export const SpeakerIcon = icon(
  <path d="M2 6v4h2.5l3.5 3V3L4.5 6H2ZM10.5 5.75a3.2 3.2 0 0 1 0 4.5M12.5 3.75a6 6 0 0 1 0 8.5" />,
);
export const SpeakerOffIcon = icon(
  <path d="M2 6v4h2.5l3.5 3V3L4.5 6H2ZM10.75 6.25l3.5 3.5M14.25 6.25l-3.5 3.5" />,
);
export const ViewersIcon = icon(
  <>
    <circle cx="6" cy="5.25" r="2.5" />
    <path d="M1.5 13.25c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 2.95a2.5 2.5 0 0 1 0 4.6M12 9.5c1.5.5 2.5 1.8 2.5 3.75" />
  </>,
);
export const HeartIcon = icon(
  <path d="M8 13.5S1.75 9.9 1.75 5.9A3.15 3.15 0 0 1 8 4.5a3.15 3.15 0 0 1 6.25 1.4c0 4-6.25 7.6-6.25 7.6Z" />,
);
export const CoinIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.25" />
    <path d="m8 4.75 3.25 3.25L8 11.25 4.75 8 8 4.75Z" />
  </>,
);
export const FitIcon = icon(
  <path d="M2 5.5V2h3.5M14 5.5V2h-3.5M2 10.5V14h3.5M14 10.5V14h-3.5M5.5 6.5h5v3h-5z" />,
);
export const LinkIcon = icon(
  <path d="M6.75 9.25a2.75 2.75 0 0 0 4 .2l2-2a2.75 2.75 0 0 0-3.9-3.9l-1 1M9.25 6.75a2.75 2.75 0 0 0-4-.2l-2 2a2.75 2.75 0 0 0 3.9 3.9l1-1" />,
);
export const SendIcon = icon(<path d="M14 2 7 9M14 2 9.5 14 7 9 2 6.5 14 2Z" />);
export const GroupIcon = icon(
  <path d="M1.75 4.25c0-.83.67-1.5 1.5-1.5h2.9l1.6 1.75h5c.83 0 1.5.67 1.5 1.5v5.75c0 .83-.67 1.5-1.5 1.5h-9.5c-.83 0-1.5-.67-1.5-1.5v-7.5Z" />,
);
export const LayersIcon = icon(
  <path d="m8 2 6.25 3.25L8 8.5 1.75 5.25 8 2ZM2 8.25l6 3.1 6-3.1M2 11l6 3.1L14 11" />,
);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.75" />
    <path d="m10.5 10.5 3.5 3.5" />
  </>,
);
export const DownloadIcon = icon(<path d="M8 2.25v7.5M5 7l3 3 3-3M2.75 13.25h10.5" />);
export const PauseIcon = icon(<path d="M5.25 3v10M10.75 3v10" />);
export const PlayIcon = icon(<path d="M4.5 2.75v10.5l8.5-5.25-8.5-5.25Z" />);
export const SkipIcon = icon(<path d="M3 3v10l7.5-5L3 3ZM13 3v10" />);
export const UndoIcon = icon(<path d="M5.5 3 2.5 6l3 3M2.75 6H9.5a3.75 3.75 0 0 1 0 7.5H6" />);
export const RedoIcon = icon(<path d="m10.5 3 3 3-3 3M13.25 6H6.5a3.75 3.75 0 0 0 0 7.5H10" />);
export const MinusIcon = icon(<path d="M3 8h10" />);
export const FrameIcon = icon(
  <path d="M2 5V2.75A.75.75 0 0 1 2.75 2H5M11 2h2.25a.75.75 0 0 1 .75.75V5M14 11v2.25a.75.75 0 0 1-.75.75H11M5 14H2.75a.75.75 0 0 1-.75-.75V11" />,
);
export const GuidesIcon = icon(
  <>
    <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.25" />
    <path d="M4.5 5.25h7v5.5h-7zM8 7.25v1.5M7.25 8h1.5" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <rect x="1.25" y="3.75" width="13.5" height="8.5" rx="1.25" />
    <path d="M4 6.5h.01M6.65 6.5h.01M9.35 6.5h.01M12 6.5h.01M5.5 9.75h5" />
  </>,
);
export const LockIcon = icon(
  <>
    <rect x="3.25" y="7" width="9.5" height="6.75" rx="1.25" />
    <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2M8 9.75v1.5" />
  </>,
);
export const UnlockIcon = icon(
  <>
    <rect x="3.25" y="7" width="9.5" height="6.75" rx="1.25" />
    <path d="M5.25 7V4.75a2.75 2.75 0 0 1 5.3-1M8 9.75v1.5" />
  </>,
);
export const PopOutIcon = icon(
  <path d="M6.5 3H3.25A1.25 1.25 0 0 0 2 4.25v8.5A1.25 1.25 0 0 0 3.25 14h8.5A1.25 1.25 0 0 0 13 12.75V9.5M9 2h5v5M14 2 7.5 8.5" />,
);
export const OnTopIcon = icon(
  <>
    <rect x="5" y="1.75" width="9.25" height="7.5" rx="1.25" />
    <path d="M11 11.5v1.25A1.25 1.25 0 0 1 9.75 14H3a1.25 1.25 0 0 1-1.25-1.25V7.5A1.25 1.25 0 0 1 3 6.25" />
  </>,
);
export const FilterIcon = icon(<path d="M2 3h12L9.5 8.5V13L6.5 11.5v-3L2 3Z" />);
export const BigTextIcon = icon(
  <path d="M1.75 13 5.5 3.5 9.25 13M3 10h5M10.5 13l2-5.5 2 5.5M11.2 11.25h2.6" />,
);
export const FlagIcon = icon(<path d="M3.5 14V2.5h8.5L10 5.75 12 9H3.5" />);
export const ReplyIcon = icon(<path d="M6.5 3 2.5 7l4 4M2.5 7h7a4 4 0 0 1 4 4v2" />);
export const PinIcon = icon(<path d="M5.5 2h5l-.6 5 2.1 2.25H4L6.1 7 5.5 2ZM8 9.25V14" />);
export const ClockIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.25" />
    <path d="M8 4.5V8l2.5 1.75" />
  </>,
);
export const BanIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.25" />
    <path d="m3.6 3.6 8.8 8.8" />
  </>,
);
export const ShieldIcon = icon(
  <path d="M8 1.75 2.75 3.5v4.25c0 3.25 2.25 5.5 5.25 6.5 3-1 5.25-3.25 5.25-6.5V3.5L8 1.75Z" />,
);
export const CompareIcon = icon(<path d="M8 1.75v12.5M6 3.5H2.5v9H6M10 3.5h3.5v9H10" />);
export const BookmarkIcon = icon(<path d="M4 2.25h8v11.5L8 10.5l-4 3.25V2.25Z" />);
