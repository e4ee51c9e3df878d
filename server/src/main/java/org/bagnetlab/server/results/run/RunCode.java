package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.storage.run.MeasuredRunRow;

/**
 * The code that computed a run, as tables distinguish it.
 *
 * @param digests digest of its classes; several, joined by commas, if other code resumed the run or
 *     computed the run that it starts from; empty if unknown
 * @param pooling whether runs of other code form configurations with it
 * @param others whether other code computed runs of the same view
 */
public record RunCode(Optional<String> digests, Pooling pooling, boolean others) {

  /** How many digits of a digest tell it from others. */
  private static final int SHORT = 8;

  private static final Pattern HEX = Pattern.compile("\\p{XDigit}+");

  /** The code of the only run, or of runs that the same code computed. */
  public static RunCode only(Optional<String> digests) {
    return new RunCode(digests, Pooling.BY_CODE, false);
  }

  /** The digests of the code that computed a run, after those of the run that it starts from. */
  static Optional<String> digests(MeasuredRunRow run) {
    return run.code()
        .map(
            code ->
                Stream.concat(run.startCode().stream(), Stream.of(code))
                    .flatMap(each -> Stream.of(each.split(",")))
                    .distinct()
                    .collect(Collectors.joining(",")));
  }

  /** The code of each of the runs of a view. */
  static List<RunCode> of(List<Optional<String>> digests, Pooling pooling) {
    boolean others = digests.stream().distinct().count() > 1;
    return digests.stream().map(each -> new RunCode(each, pooling, others)).toList();
  }

  /** What configurations are distinguished by. */
  Optional<String> key() {
    return switch (pooling) {
      case BY_CODE -> digests;
      case ACROSS_CODE -> Optional.empty();
    };
  }

  /** The digests of the code that computed several runs, separated by blanks; empty if unknown. */
  static Optional<String> column(List<RunCode> codes) {
    return Optional.of(
            codes.stream()
                .flatMap(code -> code.digests().stream())
                .flatMap(each -> Stream.of(each.split(",")))
                .distinct()
                .collect(Collectors.joining(" ")))
        .filter(text -> !text.isEmpty());
  }

  /** The first digits of each of several digests, which blanks or commas separate. */
  static String shortened(String digests) {
    return HEX.matcher(digests)
        .replaceAll(
            digest -> digest.group().substring(0, Math.min(SHORT, digest.group().length())));
  }

  /** What captions say of the code of several runs; empty if all runs of the view have the same. */
  static Optional<String> phrase(List<RunCode> codes) {
    RunCode first = codes.get(0);
    return switch (first.pooling()) {
      case BY_CODE -> Optional.of(first.words()).filter(any -> first.others());
      case ACROSS_CODE -> {
        long versions = codes.stream().map(RunCode::digests).distinct().count();
        yield Optional.of("%d versions of the code pooled".formatted(versions))
            .filter(any -> versions > 1);
      }
    };
  }

  /** The only code whose runs can be of its configuration, in words; empty if any code's can. */
  Optional<String> required() {
    return switch (pooling) {
      case BY_CODE -> Optional.of(words());
      case ACROSS_CODE -> Optional.empty();
    };
  }

  /** The code in words, by the first digits of its digests. */
  public String words() {
    return digests
        .map(known -> "code " + shortened(known).replace(",", ", then "))
        .orElse("unknown code");
  }
}
