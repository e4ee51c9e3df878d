package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** The outcome of testing a claim on the runs of a setting. */
enum Verdict {
  /** The predictions hold: all of them, or one if one is enough. */
  @JsonProperty("supported")
  SUPPORTED,
  /** The opposite holds: for one prediction, or for all if one would be enough. */
  @JsonProperty("contradicted")
  CONTRADICTED,
  /** Neither is shown; more runs may decide the claim. */
  @JsonProperty("undecided")
  UNDECIDED;

  /**
   * The verdict on a claim, given its predictions.
   *
   * @param predictions all predictions of the claim; empty for a prediction that is not measured
   */
  static Verdict of(Needed needed, List<Optional<ClaimPrediction>> predictions) {
    if (needed.contradicted(predictions)) {
      return CONTRADICTED;
    }
    return needed.supported(predictions) ? SUPPORTED : UNDECIDED;
  }
}
