package org.bagnetlab.server.cli.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.export.DatasetExport;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the images as networks receive them, for other programs. */
@Command(
    name = "export",
    description = {
      "Write the images of a split as PNG files, exactly as a network sees them before normalisation.",
      "They are in SPLIT/CLASS/, with their labels in labels.csv, checksums in SHA256SUMS, and their origin in export.json."
    })
final class DatasetExportCommand implements Callable<Integer> {

  private static final int LARGEST_IMAGE = 2048;

  enum Choice {
    train,
    validation,
    test,
    all;

    private Set<Split.Part> parts() {
      return switch (this) {
        case train -> EnumSet.of(Split.Part.TRAIN);
        case validation -> EnumSet.of(Split.Part.VALIDATION);
        case test -> EnumSet.of(Split.Part.TEST);
        case all -> EnumSet.allOf(Split.Part.class);
      };
    }
  }

  @Parameters(paramLabel = "NAME", description = "Name of the data set, for example scene15.")
  private String name = "";

  @Option(
      names = "--size",
      required = true,
      paramLabel = "PIXELS",
      description = "Side of the images in pixels.")
  private int size;

  @Option(
      names = "--split",
      description = "Part of the split: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Choice split = Choice.all;

  @Option(
      names = "--seed",
      description = "Seed of the split, that of the training. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--without-duplicates",
      description =
          "Leave out what a training with --duplicates leave-out leaves out of validation and test.")
  private boolean withoutDuplicates;

  @Option(
      names = "--train-images",
      paramLabel = "NUMBER",
      description =
          "Maximum number of training images of each class: the same images that a training with this --train-images learns. Default: all.")
  private @Nullable Integer trainImages;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Directory to write, which does not exist or is empty.")
  private Path folder = Path.of("");

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, DatasetException {
    if (size < 1 || size > LARGEST_IMAGE) {
      throw new Failure("--size must be from 1 to %d, but is %d.".formatted(LARGEST_IMAGE, size));
    }
    if (trainImages != null && trainImages < 1) {
      throw new Failure("--train-images must be at least 1, but is %d.".formatted(trainImages));
    }
    DatasetStore store = DatasetCommand.store(data);
    SceneDataset dataset = store.find(name).orElseThrow(this::missing);
    ProgressLine progressLine = new ProgressLine("images written");
    DatasetExport export =
        new DatasetExport(dataset, split(store, dataset), split.parts(), size, command());
    int images = export.to(folder, progressLine::report);
    progressLine.clear();
    json.print(
        Map.of("dataset", name, "images", images, "directory", folder.toString()),
        "Wrote %d images of %s to %s.".formatted(images, name, folder));
    return 0;
  }

  private Split split(DatasetStore store, SceneDataset dataset) throws IOException {
    Split whole =
        dataset.images().stream().allMatch(image -> image.folder() == SceneImage.Folder.TEST)
            ? Split.ofTests(dataset, seed)
            : Split.of(dataset, seed);
    // As in a training, duplicates of training images are left out.
    return (withoutDuplicates ? whole.without(duplicates(store), dataset.classes()) : whole)
        .learning(Optional.ofNullable(trainImages));
  }

  private DuplicatePairs duplicates(DatasetStore store) throws IOException {
    ProgressLine progressLine = new ProgressLine("images read");
    DuplicatePairs duplicates =
        store.duplicates(name, progressLine::report).orElseThrow(this::missing);
    progressLine.clear();
    return duplicates;
  }

  private Failure missing() {
    return DatasetCommand.missing(name);
  }

  private String command() {
    return "./bagnetlab dataset export %s --size %d --split %s --seed %d%s%s --to DIR"
        .formatted(
            name,
            size,
            split,
            seed,
            withoutDuplicates ? " --without-duplicates" : "",
            trainImages == null ? "" : " --train-images " + trainImages);
  }
}
