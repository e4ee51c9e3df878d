package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.results.missing.MissingJob;
import org.bagnetlab.server.results.missing.MissingSeeds;
import org.bagnetlab.server.results.missing.SettingTrainings;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Holm;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;
import org.bagnetlab.vision.architecture.ControlledChange;
import org.bagnetlab.vision.architecture.ControlledVariants;

/**
 * The effect on test accuracy of each change on the way from ResNet-50 to BagNet-33, with all other
 * settings equal.
 *
 * @param chosen the setting
 * @param changes the chain of changes in order, followed by the change to fewer blocks
 * @param missing the trainings that tests of all changes need
 */
public record Changes(
    @JsonUnwrapped ChosenSetting chosen, List<Step> changes, List<MissingJob> missing)
    implements ChosenSetting.View {

  /**
   * One change and its effect.
   *
   * @param change the change in words
   * @param before the network without it
   * @param after the network with it
   * @param accuracyBefore accuracy without it, over the runs that stored their predictions; absent
   *     if none did
   * @param accuracyAfter accuracy with it, over the same kind of runs
   * @param difference accuracy after minus before, on the same images; absent until both networks
   *     have a run with the same seed
   * @param adjusted p-value after Holm's correction over all changes
   * @param sentence the effect in words
   */
  public record Step(
      String change,
      Side before,
      Side after,
      Optional<Double> accuracyBefore,
      Optional<Double> accuracyAfter,
      Optional<PairedDifference> difference,
      Optional<Double> adjusted,
      Optional<String> sentence) {

    Step adjusted(double p) {
      return new Step(
          change,
          before,
          after,
          accuracyBefore,
          accuracyAfter,
          difference,
          Optional.of(p),
          sentence);
    }

    private Optional<Double> p() {
      return difference.flatMap(PairedDifference::p);
    }
  }

  /** One of the two networks. */
  record Side(String architecture, String label) {}

  /** The changes between the networks of a study. */
  public static Changes of(ChosenSetting chosen, Optional<Study> study, Networks networks) {
    return new Changes(
        chosen,
        study.map(some -> steps(some, networks)).orElse(List.of()),
        study.map(Changes::missing).orElse(List.of()));
  }

  private static Stream<ControlledChange> all() {
    return Stream.concat(ControlledVariants.chain().stream(), ControlledVariants.depth().stream());
  }

  static List<Step> steps(Study study, Networks networks) {
    List<Step> steps = all().map(change -> step(change, study, networks)).toList();
    return Holm.correct(steps, Step::p, Step::adjusted);
  }

  private static List<MissingJob> missing(Study study) {
    SettingTrainings trainings = study.trainings();
    return MissingSeeds.of(
        all()
            .flatMap(change -> Stream.of(change.before(), change.after()))
            .distinct()
            .flatMap(network -> trainings.network(network).stream())
            .map(MissingSeeds.Compared::ofTrainings)
            .toList(),
        SeedMean.fewestSeedsOfTwo(PairedDifference.ERROR));
  }

  private static Step step(ControlledChange change, Study study, Networks networks) {
    Optional<StudiedNetwork> before = study.find(change.before());
    Optional<StudiedNetwork> after = study.find(change.after());
    Side with = new Side(change.after(), networks.label(change.after()));
    Side without = new Side(change.before(), networks.label(change.before()));
    Optional<PairedDifference> difference =
        after.flatMap(one -> before.flatMap(other -> one.difference(other, Measure.TEST)));
    return new Step(
        change.change(),
        without,
        with,
        before.flatMap(network -> network.mean(Measure.TEST)),
        after.flatMap(network -> network.mean(Measure.TEST)),
        difference,
        Optional.empty(),
        difference.map(
            found -> DifferenceSentence.of(with.label(), without.label(), found, Measure.TEST)));
  }
}
