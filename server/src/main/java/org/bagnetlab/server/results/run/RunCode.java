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
 * @param others what the other code means for tables
 */
public record RunCode(Optional<String> digests, Others others) {

  /** How many digits of a digest tell it from others. */
  private static final int SHORT = 8;

  private static final Pattern HEX = Pattern.compile("\\p{XDigit}+");

  /** Other code that computed runs of the same view. */
  public enum Others {
    /** There is none. */
    NONE,
    /** Its runs form configurations of their own. */
    SEPARATE,
    /** Its runs are in the same configurations. */
    POOLED
  }

  /** The code of the only run, or of runs that the same code computed. */
  public static RunCode only(Optional<String> digests) {
    return new RunCode(digests, Others.NONE);
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
    Others others =
        digests.stream().distinct().count() < 2
            ? Others.NONE
            : switch (pooling) {
              case BY_CODE -> Others.SEPARATE;
              case ACROSS_CODE -> Others.POOLED;
            };
    return digests.stream().map(each -> new RunCode(each, others)).toList();
  }

  /** What configurations are distinguished by. */
  Optional<String> key() {
    return others == Others.POOLED ? Optional.empty() : digests;
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
    return switch (codes.get(0).others()) {
      case NONE -> Optional.empty();
      case SEPARATE -> Optional.of(codes.get(0).words());
      case POOLED -> {
        long versions = codes.stream().map(RunCode::digests).distinct().count();
        yield versions < 2
            ? Optional.empty()
            : Optional.of("%d versions of the code pooled".formatted(versions));
      }
    };
  }

  /** The code in words, by the first digits of its digests. */
  public String words() {
    return digests
        .map(known -> "code " + shortened(known).replace(",", ", then "))
        .orElse("unknown code");
  }
}
