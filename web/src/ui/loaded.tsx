import { type ReactNode } from "react";

import { ErrorState } from "./error-state";
import { Placeholder } from "./placeholder";

interface Query<T> {
  data: T | undefined;
  error: unknown;
  isPlaceholderData?: boolean;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  /** What stands here while we wait; as tall as what will come, so that nothing jumps. */
  skeleton?: ReactNode;
  children: (value: T) => ReactNode;
}

/** Shows a query in its three states: waiting, failed, there. Older rows stay, dimmed, while newer ones load. */
export function Loaded<T>({ query, skeleton = <Placeholder height={280} />, children }: Props<T>) {
  if (query.data !== undefined) {
    const waiting = query.isPlaceholderData === true;
    return (
      <div aria-busy={waiting} style={{ opacity: waiting ? 0.55 : 1, transition: "opacity .15s", minWidth: 0 }}>
        {children(query.data)}
      </div>
    );
  }
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return skeleton;
}
