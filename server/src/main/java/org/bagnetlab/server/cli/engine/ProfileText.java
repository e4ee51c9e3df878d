package org.bagnetlab.server.cli.engine;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Limits;
import org.bagnetlab.vision.network.StepProfile.Operation;
import org.bagnetlab.vision.network.StepProfile.Pass;

/** The profile of a training step as tables: by kind of operation, and the longest operations. */
final class ProfileText {

  private static final int LONGEST = 20;

  private static final String HEAD =
      "%-34s %9s %6s %9s %9s %9s %9s%n"
          .formatted("", "ms", "share", "GFLOP", "MB", "GFLOP/s", "of limit");

  private final StepProfile profile;
  private final Limits limits;
  private final double step;

  /** A row of a table. */
  private record Row(String name, double seconds, long flops, long bytes, double least) {

    static Row of(String name, List<Pass> passes, Limits limits) {
      return new Row(
          name,
          passes.stream().mapToDouble(Pass::seconds).sum(),
          passes.stream().mapToLong(Pass::flops).sum(),
          passes.stream().mapToLong(Pass::bytes).sum(),
          passes.stream().mapToDouble(pass -> limits.seconds(pass.flops(), pass.bytes())).sum());
    }
  }

  private ProfileText(StepProfile profile) {
    this.profile = profile;
    limits = profile.limits();
    step = profile.seconds();
  }

  static String of(StepProfile profile) {
    return new ProfileText(profile).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "The operations of a step take %.1f ms. Measured limits: products %.0f GFLOP/s, memory %.1f GB/s.",
            step * 1e3, limits.flops() / 1e9, limits.bytes() / 1e9));
    text.append(
        "\"of limit\" is the least time for the products and the memory, as a part of the time;"
            + " above 100%, values stay in a cache. \"weights\" is the gradient of the weights, where it"
            + " is computed apart."
            + System.lineSeparator());
    text.append(System.lineSeparator()).append(HEAD);
    kinds().forEach(row -> text.append(line(row)));
    text.append(
        line(
            "%-34s %9.2f %5.1f%%",
            "update of the weights",
            profile.updateSeconds() * 1e3,
            share(profile.updateSeconds())));
    text.append(System.lineSeparator()).append(HEAD);
    longest().forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private List<Row> kinds() {
    Map<String, List<Pass>> kinds = new LinkedHashMap<>();
    for (Operation operation : profile.operations()) {
      operation
          .passes()
          .forEach(
              (name, pass) ->
                  kinds
                      .computeIfAbsent(operation.kind() + " " + name, kind -> new ArrayList<>())
                      .add(pass));
    }
    return kinds.entrySet().stream()
        .map(kind -> Row.of(kind.getKey(), kind.getValue(), limits))
        .sorted(comparingDouble(Row::seconds).reversed())
        .toList();
  }

  private List<Row> longest() {
    return profile.operations().stream()
        .flatMap(
            each ->
                each.passes().entrySet().stream()
                    .map(
                        pass ->
                            Row.of(
                                each.node() + " " + pass.getKey(),
                                List.of(pass.getValue()),
                                limits)))
        .sorted(comparingDouble(Row::seconds).reversed())
        .limit(LONGEST)
        .toList();
  }

  private String line(Row row) {
    return line(
        "%-34s %9.2f %5.1f%% %9.3f %9.2f %9.1f %8.0f%%",
        row.name(),
        row.seconds() * 1e3,
        share(row.seconds()),
        row.flops() / 1e9,
        row.bytes() / 1e6,
        row.flops() / row.seconds() / 1e9,
        100 * row.least() / row.seconds());
  }

  private double share(double seconds) {
    return 100 * seconds / step;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }
}
