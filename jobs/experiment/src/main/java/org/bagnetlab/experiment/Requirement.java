package org.bagnetlab.experiment;

import java.util.function.BiPredicate;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * What an experiment needs of the network that it is about.
 *
 * @param name stable name
 * @param holds whether an architecture has it
 * @param reason why an experiment cannot be about a network without it, as the end of a sentence
 *     that begins with the network's name
 * @param advice what to name instead
 */
public record Requirement(
    String name, BiPredicate<Catalogue, String> holds, String reason, String advice) {

  /** The network adds up the evidence of local patches. */
  public static Requirement localReceptiveField(String consequence) {
    return new Requirement(
        "local-receptive-field",
        Catalogue::explainable,
        "does not sum local evidence, so " + consequence,
        "choose a BagNet run");
  }
}
