import { useDescription } from "./error-state";
import styles from "./problem-note.module.css";

interface Props {
  error: unknown;
  /** Single complaints below the sentence, each naming its place. */
  places?: readonly string[];
}

/** Why a form was refused, where, and what helps; read out when it appears. */
export function ProblemNote({ error, places = [] }: Props) {
  const { title, detail, remedy } = useDescription(error);
  return (
    <div role="alert" className={styles.problem}>
      <b>{title}</b>
      <p>
        {detail} {remedy}
      </p>
      {places.length > 0 && (
        <ul className={styles.places}>
          {places.map((place) => (
            <li key={place}>{place}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
