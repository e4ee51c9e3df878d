package org.bagnetlab.server.cli.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Limits;
import org.bagnetlab.vision.network.StepProfile.Operation;
import org.bagnetlab.vision.network.StepProfile.Pass;
import org.bagnetlab.vision.network.StepProfile.PassKind;

/**
 * A roofline chart of a training step, as an SVG picture: the rate of each operation with products
 * over its floating-point operations for each byte, below the limits of the machine (Williams,
 * Waterman and Patterson, "Roofline", 2009). Areas of circles are times.
 */
final class RooflineChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 60;

  /** Radius of an operation that takes a whole step, in pixels. */
  private static final double LARGEST = 60;

  private final String title;
  private final StepProfile profile;
  private final Limits limits;
  private final Axis intensity;
  private final Axis rate;

  /** A logarithmic axis from a power of ten to another. */
  private record Axis(int low, int high, double from, double to) {

    static Axis over(double[] values, double from, double to) {
      double least = Math.log10(Arrays.stream(values).min().orElse(1));
      double most = Math.log10(Arrays.stream(values).max().orElse(10));
      int low = (int) Math.floor(least);
      return new Axis(low, Math.max(low + 1, (int) Math.ceil(most)), from, to);
    }

    double place(double value) {
      return from + (Math.log10(value) - low) / (high - low) * (to - from);
    }
  }

  private RooflineChart(String title, StepProfile profile) {
    this.title = title;
    this.profile = profile;
    limits = profile.limits();
    List<Pass> passes =
        profile.operations().stream()
            .flatMap(each -> each.passes().values().stream())
            .filter(pass -> pass.flops() > 0)
            .toList();
    intensity =
        Axis.over(
            Stream.concat(
                    passes.stream().map(RooflineChart::intensity),
                    Stream.of(limits.flops() / limits.bytes()))
                .mapToDouble(Double::doubleValue)
                .toArray(),
            LEFT,
            WIDTH - RIGHT);
    rate =
        Axis.over(
            Stream.concat(passes.stream().map(RooflineChart::rate), Stream.of(limits.flops() / 1e9))
                .mapToDouble(Double::doubleValue)
                .toArray(),
            HEIGHT - BOTTOM,
            TOP);
  }

  static String of(String title, StepProfile profile) {
    return new RooflineChart(title, profile).svg();
  }

  private static double intensity(Pass pass) {
    return (double) pass.flops() / pass.bytes();
  }

  private static double rate(Pass pass) {
    return pass.flops() / pass.seconds() / 1e9;
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
            <rect width="100%%" height="100%%" fill="#fff"/>
            <text x="%d" y="22" font-size="15">%s</text>
            """,
            WIDTH, HEIGHT, LEFT, title.replace("&", "&amp;").replace("<", "&lt;")));
    axes(svg);
    double ridge = limits.flops() / limits.bytes();
    double low = Math.pow(10, intensity.low());
    double least = Math.max(low, Math.pow(10, rate.low()) * 1e9 / limits.bytes());
    svg.append(
        format(
            "<polyline fill=\"none\" stroke=\"#444\" stroke-width=\"2\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>%n",
            intensity.place(least),
            rate.place(least * limits.bytes() / 1e9),
            intensity.place(ridge),
            rate.place(limits.flops() / 1e9),
            (double) WIDTH - RIGHT,
            rate.place(limits.flops() / 1e9)));
    profile.operations().forEach(operation -> points(svg, operation));
    svg.append(
        format(
            """
            <text x="%d" y="%d" text-anchor="end">%s, area: time</text>
            </svg>
            """,
            WIDTH - RIGHT, 22, legend()));
    return svg.toString();
  }

  /** The passes with products, in the order in which they are computed. */
  private String legend() {
    return profile.operations().stream()
        .flatMap(each -> each.passes().entrySet().stream())
        .filter(pass -> pass.getValue().flops() > 0)
        .map(Map.Entry::getKey)
        .distinct()
        .sorted()
        .map(name -> format("<tspan fill=\"%s\">&#9679; %s</tspan>", color(name), name))
        .collect(Collectors.joining(" "));
  }

  private void axes(StringBuilder svg) {
    for (int power = intensity.low(); power <= intensity.high(); power++) {
      double x = intensity.place(Math.pow(10, power));
      svg.append(
          format(
              "<path d=\"M%.1f %d V%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x, TOP, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 20, number(power)));
    }
    for (int power = rate.low(); power <= rate.high(); power++) {
      double y = rate.place(Math.pow(10, power));
      svg.append(
          format(
              "<path d=\"M%d %.1f H%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, number(power)));
    }
    svg.append(
        format(
            """
            <text x="%d" y="%d" text-anchor="middle">floating-point operations for each byte</text>
            <text transform="translate(18 %d) rotate(-90)" text-anchor="middle">GFLOP/s</text>
            """,
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 15, (TOP + HEIGHT - BOTTOM) / 2));
  }

  private void points(StringBuilder svg, Operation operation) {
    operation
        .passes()
        .forEach((name, pass) -> point(svg, operation.node() + ", " + name, pass, color(name)));
  }

  private void point(StringBuilder svg, String name, Pass pass, String color) {
    if (pass.flops() > 0) {
      svg.append(
          format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.6\"><title>%s: %.2f ms, %.0f%% of its limit</title></circle>%n",
              intensity.place(intensity(pass)),
              rate.place(rate(pass)),
              Math.max(1.5, LARGEST * Math.sqrt(pass.seconds() / profile.seconds())),
              color,
              name,
              pass.seconds() * 1e3,
              100 * pass.efficiency(limits)));
    }
  }

  private static String color(PassKind pass) {
    return switch (pass) {
      case FORWARD -> "#1f6fb4";
      case WEIGHTS -> "#4a8a2a";
      case BACKWARD -> "#c4501b";
    };
  }

  private static String number(int power) {
    return power >= 0 ? "1" + "0".repeat(power) : format("%." + -power + "f", Math.pow(10, power));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
