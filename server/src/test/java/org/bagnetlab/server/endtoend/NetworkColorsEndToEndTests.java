package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The colours of networks in charts, as eyes of several kinds see them. */
@Timeout(120)
class NetworkColorsEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  /**
   * From linear RGB to what an eye without one kind of cone sees, in linear RGB: Machado et al., A
   * Physiologically-based Model for Simulation of Color Vision Deficiency, 2009, severity 1.
   */
  private static final Map<String, double[][]> EYES =
      Map.of(
          "trichromat", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          "deuteranope",
              new double[][] {
                {.367322, .860646, -.227968},
                {.280085, .672501, .047413},
                {-.01182, .04294, .968881}
              },
          "protanope",
              new double[][] {
                {.152286, 1.052583, -.204868},
                {.114503, .786281, .099216},
                {-.003882, -.048116, 1.051998}
              },
          "tritanope",
              new double[][] {
                {1.255528, -.076749, -.178779},
                {-.078411, .930809, .147602},
                {.004733, .691367, .3039}
              });

  /** In OKLab, where black and white are 1 apart, and neighbours that are told apart easily .05. */
  private static final double APART = .09;

  /** Of graphical objects, by WCAG 2.1, success criterion 1.4.11. */
  private static final double CONTRAST = 3;

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void colorsOfNetworksAreToldApartByAllEyes(ColorScheme scheme) {
    Page page = DASHBOARD.newPage();
    SourceModules.route(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.navigate(DASHBOARD.address());
    List<?> colors =
        (List<?>)
            page.evaluate(
                """
                async () => {
                  const { networks, surface } = (await import('/modules/charts/palette.js')).palette();
                  return [surface, ...networks];
                }
                """);
    List<double[]> all = colors.stream().map(String.class::cast).map(this::linear).toList();
    double[] surface = all.get(0);
    List<double[]> networks = all.subList(1, all.size());
    assertThat(networks).hasSize(8);
    for (double[] color : networks) {
      assertThat(contrast(color, surface)).isGreaterThanOrEqualTo(CONTRAST);
    }
    EYES.forEach(
        (eye, matrix) -> {
          for (int i = 0; i < networks.size(); i++) {
            for (int j = 0; j < i; j++) {
              assertThat(distance(seen(matrix, networks.get(i)), seen(matrix, networks.get(j))))
                  .as("Colours %d and %d for a %s", j, i, eye)
                  .isGreaterThan(APART);
            }
          }
        });
  }

  @Test
  void anArchitectureHasTheSameColorInAnyCompany() {
    Page page = DASHBOARD.newPage();
    SourceModules.route(page);
    page.navigate(DASHBOARD.address());
    Object styles =
        page.evaluate(
            """
            async () => {
              const { networkStyles } = await import('/modules/charts/networks.js');
              const of = (...names) => networkStyles(names.map((architecture) => ({ architecture })));
              const { architectures } = await (await fetch('/api/v1/architectures')).json();
              const [first, second, alone] = [...of('bagnet17', 'bagnet17'), ...of('bagnet17')];
              return {
                same: first.color === second.color && first.color === alone.color,
                apart: first.shape !== second.shape,
                distinct: new Set(of(...architectures.slice(0, 7).map(({ name }) => name)).map(({ color }) => color)).size,
                others: new Set(of(...architectures.map(({ name }) => name)).map(({ color, shape }) => `${color} ${shape}`)).size,
                all: architectures.length,
              };
            }
            """);
    Map<?, ?> found = (Map<?, ?>) styles;
    assertThat(found.get("same")).isEqualTo(true);
    assertThat(found.get("apart")).isEqualTo(true);
    assertThat(found.get("distinct")).as("of the seven networks of Table 1").isEqualTo(7);
    assertThat(found.get("others")).isEqualTo(found.get("all"));
  }

  /** A colour such as #0d5372 in linear RGB. */
  private double[] linear(String hex) {
    double[] color = new double[3];
    for (int i = 0; i < 3; i++) {
      double value = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      color[i] = value <= .04045 ? value / 12.92 : Math.pow((value + .055) / 1.055, 2.4);
    }
    return color;
  }

  private static double[] seen(double[][] matrix, double[] color) {
    double[] seen = times(matrix, color);
    for (int i = 0; i < 3; i++) {
      seen[i] = Math.min(1, Math.max(0, seen[i]));
    }
    return seen;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      product[i] = matrix[i][0] * vector[0] + matrix[i][1] * vector[1] + matrix[i][2] * vector[2];
    }
    return product;
  }

  /** By WCAG. */
  private static double contrast(double[] first, double[] second) {
    double a = luminance(first) + .05;
    double b = luminance(second) + .05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(double[] color) {
    return .2126 * color[0] + .7152 * color[1] + .0722 * color[2];
  }

  /** In OKLab (Ottosson, A perceptual color space for image processing, 2020). */
  private static double distance(double[] first, double[] second) {
    double[] a = lab(first);
    double[] b = lab(second);
    return Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
  }

  private static double square(double value) {
    return value * value;
  }

  private static double[] lab(double[] color) {
    double[] cones =
        times(
            new double[][] {
              {.4122214708, .5363325363, .0514459929},
              {.2119034982, .6806995451, .1073969566},
              {.0883024619, .2817188376, .6299787005}
            },
            color);
    for (int i = 0; i < 3; i++) {
      cones[i] = Math.cbrt(cones[i]);
    }
    return times(
        new double[][] {
          {.2104542553, .7936177850, -.0040720468},
          {1.9779984951, -2.4285922050, .4505937099},
          {.0259040371, .7827717662, -.8086757660}
        },
        cones);
  }
}
