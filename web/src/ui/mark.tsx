/** The product mark: a circle that closes around the one we keep. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#0c5c58" />
      <path
        d="M23.2 20.4A8.6 8.6 0 1 1 23 11.3"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="3.1" fill="#ff9b7d" />
    </svg>
  );
}
