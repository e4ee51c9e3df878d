package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** What the runs of a setting say about a claim. */
enum Verdict {
  /** What the claim predicts was found: all of it, or any where one is enough. */
  @JsonProperty("supported")
  SUPPORTED,
  /** The opposite of it was found: of one prediction, or of all where one would be enough. */
  @JsonProperty("contradicted")
  CONTRADICTED,
  /** Neither: more runs may decide. */
  @JsonProperty("undecided")
  UNDECIDED;

  /**
   * What predictions say of a claim.
   *
   * @param predictions all of the claim's; empty: not measured
   */
  static Verdict of(Needed needed, List<Optional<ClaimPrediction>> predictions) {
    if (needed.contradicted(predictions)) {
      return CONTRADICTED;
    }
    return needed.supported(predictions) ? SUPPORTED : UNDECIDED;
  }
}
