package org.bagnetlab.experiment;

import java.util.function.BiPredicate;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * A requirement of an experiment on its network.
 *
 * @param name stable name
 * @param holds whether an architecture meets the requirement
 * @param reason why a network that does not meet it is unsuitable, as the end of a sentence that
 *     begins with the network's name
 * @param advice what to choose instead
 */
public record Requirement(
    String name, BiPredicate<Catalogue, String> holds, String reason, String advice) {

  /** Requires a network that adds up the evidence of local patches. */
  public static Requirement localReceptiveField(String consequence) {
    return new Requirement(
        "local-receptive-field",
        Catalogue::explainable,
        "does not sum local evidence, so " + consequence,
        "choose a BagNet run");
  }
}
