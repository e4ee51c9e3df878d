package org.bagnetlab.server.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.DuplicateImages;
import org.bagnetlab.experiment.train.Preparation;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;

/** How the networks of a row were trained, as far as every view says it. */
record RowSettings(
    String dataset,
    String regime,
    Optional<String> weights,
    int imageSize,
    double width,
    Optional<Precision> precision,
    Optional<Preparation> preparation,
    Optional<DuplicateImages> duplicates,
    Optional<Integer> trainImages,
    Optional<Double> sparsity) {

  /** What tables say of networks that learnt all images of their split. */
  static final String ALL_IMAGES = "all";

  /** Those of a training. */
  static RowSettings of(TrainSpec spec) {
    return new RowSettings(
        spec.dataset(),
        spec.regime(),
        Configuration.weights(spec),
        spec.imageSize(),
        spec.width(),
        spec.reducedPrecision(),
        spec.earlierPreparation(),
        spec.treatedDuplicates(),
        spec.trainImages(),
        spec.sparsityFactor());
  }

  /** What networks that start from weights of their own have in common. */
  RowSettings withoutWeights() {
    return new RowSettings(
        dataset,
        regime,
        Optional.empty(),
        imageSize,
        width,
        precision,
        preparation,
        duplicates,
        trainImages,
        sparsity);
  }

  /** The same where another number of images of each class is learnt; empty: all. */
  RowSettings learning(Optional<Integer> most) {
    return new RowSettings(
        dataset,
        regime,
        weights,
        imageSize,
        width,
        precision,
        preparation,
        duplicates,
        most,
        sparsity);
  }

  /** The same with another factor of sparsity; 0: none. */
  RowSettings withSparsity(double factor) {
    return new RowSettings(
        dataset,
        regime,
        weights,
        imageSize,
        width,
        precision,
        preparation,
        duplicates,
        trainImages,
        Optional.of(factor).filter(any -> any > 0));
  }

  /**
   * A column for each setting.
   *
   * @param settings of a row; empty for a network that was not trained
   */
  static <R> List<Column<R>> columns(Function<R, Optional<RowSettings>> settings) {
    return List.of(
        Column.of("dataset", "Data set", Role.SETTING, settings.andThen(of(RowSettings::dataset))),
        Column.of("regime", "Regime", Role.SETTING, settings.andThen(of(RowSettings::regime))),
        Column.of(
            "weights",
            "Starting weights",
            Role.SETTING,
            settings.andThen(row -> row.flatMap(RowSettings::weights))),
        Column.of(
            "imageSize",
            "Image size (px)",
            Role.SETTING,
            settings.andThen(of(RowSettings::imageSize))),
        Column.of("width", "Width", Role.SETTING, settings.andThen(of(RowSettings::width))),
        Column.of(
            "precision",
            "Precision",
            Role.SETTING,
            settings.andThen(of(row -> row.precision().orElse(Precision.FP32).text()))),
        Column.of(
            "preparation",
            "Resizing",
            Role.SETTING,
            settings.andThen(of(row -> row.preparation().orElse(Preparation.PILLOW).text()))),
        Column.of(
            "duplicates",
            "Duplicates",
            Role.SETTING,
            settings.andThen(of(row -> row.duplicates().orElse(DuplicateImages.KEEP).text()))),
        Column.of(
            "trainImages",
            "Training images per class",
            Role.SETTING,
            settings.andThen(of(row -> row.trainImages().map(String::valueOf).orElse(ALL_IMAGES)))),
        Column.of(
            "sparsity",
            "Sparsity",
            Role.SETTING,
            settings.andThen(of(row -> Decimal.plain(row.sparsity().orElse(0.0))))));
  }

  private static Function<Optional<RowSettings>, Optional<?>> of(
      Function<RowSettings, Object> setting) {
    return settings -> settings.map(setting);
  }
}
