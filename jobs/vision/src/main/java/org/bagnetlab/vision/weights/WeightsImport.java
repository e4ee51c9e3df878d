package org.bagnetlab.vision.weights;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.vision.staging.Unprintable;

/**
 * Options of an import of weights.
 *
 * @param architecture registered name of the network; if empty, it is detected
 * @param width factor for the channel counts; if empty, it is detected
 * @param source where the weights come from, at most 80 printable characters
 * @param regime how the weights were trained, also at most 80 printable characters; if empty, it is
 *     taken from the metadata of a file written by this project, otherwise it is {@link
 *     #UNKNOWN_ORIGIN}
 */
public record WeightsImport(
    Optional<String> architecture, Optional<Double> width, String source, Optional<String> regime) {

  /** The regime of weights whose training is unknown. */
  static final String UNKNOWN_ORIGIN = "of unknown origin";

  /** The regime of networks trained from random initial weights. */
  static final String FROM_SCRATCH = "from scratch";

  private static final Pattern PRINTABLE =
      Pattern.compile("[^" + Unprintable.CHARACTERS + "]{0,80}");

  /** Rejects text that must not appear in lists and results. */
  void check() throws WeightsRefused {
    refuseUnprintable("source", source);
    String said = regime.orElse("");
    refuseUnprintable("regime", said);
    if (said.strip().toLowerCase(Locale.ROOT).equals(FROM_SCRATCH)) {
      throw new WeightsRefused(
          "The regime '%s' is reserved for networks trained from random initial weights."
              .formatted(FROM_SCRATCH));
    }
  }

  private static void refuseUnprintable(String field, String text) throws WeightsRefused {
    if (!printable(text)) {
      throw new WeightsRefused(
          "The %s must have at most 80 printable characters.".formatted(field));
    }
  }

  /** Whether a text is short and can be shown in one line. */
  static boolean printable(String text) {
    return PRINTABLE.matcher(text).matches();
  }

  /** How the weights were trained, if stated by the user. */
  Optional<String> declaredRegime() {
    return regime.map(String::strip).filter(said -> !said.isEmpty());
  }
}
