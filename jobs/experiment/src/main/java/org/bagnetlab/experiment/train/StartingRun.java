package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;

/**
 * A training whose network another training starts from. How it was trained is empty in a request,
 * until the job is queued.
 *
 * @param run its id; 0 for any of several of the same configuration
 * @param regime how its network was trained, for example {@code pretrained on fractals-60 by run
 *     12}
 * @param configuration checksum of its images and its settings except for the seed and the network,
 *     so that networks can be compared that were trained alike
 */
public record StartingRun(long run, String regime, String configuration) {

  /** Maximum length of a regime. Longer chains of origins are shortened. */
  private static final int LONGEST_REGIME = 200;

  private static final String BY_RUN = " by run ";

  private static final Pattern NUMBER = Pattern.compile(BY_RUN + "(\\d+)");

  /** What a training that starts from the run has in common with it anyway. */
  private static final Set<Parameter<?>> OF_THE_NETWORK =
      Set.of(TrainExperiment.ARCHITECTURE, TrainExperiment.WIDTH);

  /** The run of a request. */
  static StartingRun requested(long run) {
    return new StartingRun(run, "", "");
  }

  /**
   * This run, now that it is known how it was trained.
   *
   * @param images checksum of its data set, if that is known
   */
  StartingRun trainedAs(TrainSpec trained, Optional<String> images) {
    return new StartingRun(run, regime(trained), configuration(trained, images));
  }

  private String regime(TrainSpec trained) {
    String own = "pretrained on " + trained.dataset() + BY_RUN + run;
    return trained
        .origin()
        .flatMap(
            origin ->
                Stream.of(own + ", from " + origin, own + ", from earlier weights")
                    .filter(regime -> regime.length() <= LONGEST_REGIME)
                    .findFirst())
        .orElse(own);
  }

  private static String configuration(TrainSpec trained, Optional<String> images) {
    ObjectNode settings = Experiments.canonical(trained.ofAnyStartingRun());
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      if (parameter.role() != ParameterRole.IDENTITY || OF_THE_NETWORK.contains(parameter)) {
        settings.remove(parameter.name());
      }
    }
    images.ifPresent(checksum -> settings.put("images", checksum));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(settings.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }

  /**
   * This run where it has another number.
   *
   * @param numbers the other number of each run; of runs not in it, the number is unknown there
   */
  public StartingRun renumbered(Map<Long, Long> numbers) {
    String renumbered =
        NUMBER
            .matcher(regime)
            .replaceAll(
                found ->
                    Optional.ofNullable(numbers.get(Long.valueOf(found.group(1))))
                        .map(number -> BY_RUN + number)
                        .orElse(""));
    return new StartingRun(numbers.getOrDefault(run, run), renumbered, configuration);
  }

  /** Any run of the same configuration: the regime is without the numbers of runs. */
  public StartingRun ofAnyRun() {
    return new StartingRun(0, regimeOfAnyRun(), configuration);
  }

  private String regimeOfAnyRun() {
    return NUMBER.matcher(regime).replaceAll("");
  }
}
