package org.bagnetlab.worker.predictivepatches;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.predictivepatches.PredictivePatchesExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.heatmap.PatchLogits;
import org.bagnetlab.vision.predictivepatches.BestPatch;
import org.bagnetlab.vision.predictivepatches.Magnified;
import org.bagnetlab.vision.predictivepatches.PatchRanking;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Finds the patches with the most evidence for each class. */
public final class PredictivePatchesRunner implements NetworkRunner {

  /** The name of the group of patches from images of the class itself. */
  private static final String OWN = "own";

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec);
    Workload workload = subject.workload(0, images.count());
    double costOfPicture = PredictivePatchesExperiment.costOfPicture(workload);
    PatchLogits patches = PatchLogits.of(subject.network(), spec.get(Stride.FOR_MANY_IMAGES));
    PatchRanking ranking = new PatchRanking(subject.dataset().classes().size());
    Writing writing =
        new Writing(
            run,
            spec.get(PredictivePatchesExperiment.PATCHES),
            subject,
            subject.outputs(run, spec),
            images,
            patches,
            ranking,
            costOfPicture);
    run.progress()
        .start(
            new PredictivePatchesExperiment().cost(spec, workload)
                + writing.pictures() * costOfPicture);
    patches.each(
        images, run.progress(Phase.EXPLAINING, images.count() * patches.passes(), 1), ranking::add);
    writing.write();
  }

  /** Writes the results of a job. */
  private record Writing(
      Run run,
      int most,
      SubjectNetwork subject,
      ImageOutputs outputs,
      LoadedImages images,
      PatchLogits patches,
      PatchRanking ranking,
      double costOfPicture) {

    /** The maximum number of pictures. */
    int pictures() {
      return 2 * most * subject.dataset().classes().size();
    }

    void write() throws IOException {
      List<String> classes = subject.dataset().classes();
      double shares = 0;
      double chances = 0;
      int counted = 0;
      int top = 0;
      for (int label = 0; label < classes.size(); label++) {
        int wanted = label;
        pictures(label, OWN, ranking.top(label, most, image -> labelOf(image) == wanted));
        pictures(label, "others", ranking.top(label, most, image -> labelOf(image) != wanted));
        double chance = chance(label);
        // A class without images cannot have patches of its own.
        if (chance > 0) {
          List<BestPatch> best = ranking.top(label, most, image -> true);
          double share =
              (double) best.stream().filter(each -> labelOf(each.image()) == wanted).count()
                  / best.size();
          Map<Axis, String> at = Map.of(Axis.CLASS, classes.get(label));
          outputs.value(PredictivePatchesExperiment.OWN_PATCHES_BY_CLASS, at, share, best.size());
          outputs.value(PredictivePatchesExperiment.CHANCE_BY_CLASS, at, chance, images.count());
          shares += share;
          chances += chance;
          counted++;
          top += best.size();
        }
      }
      outputs.value(PredictivePatchesExperiment.OWN_PATCHES, Map.of(), shares / counted, top);
      outputs.value(
          PredictivePatchesExperiment.CHANCE, Map.of(), chances / counted, images.count());
    }

    /** The share of all images that belong to a class. */
    private double chance(int label) {
      return IntStream.range(0, images.count()).filter(i -> labelOf(i) == label).count()
          / (double) images.count();
    }

    private int labelOf(int image) {
      return images.image(image).label();
    }

    private void pictures(int label, String from, List<BestPatch> top) throws IOException {
      for (int i = 0; i < top.size(); i++) {
        run.cancellation().check();
        BestPatch patch = top.get(i);
        int row = patch.row() * patches.stride();
        int column = patch.column() * patches.stride();
        SceneImage image = images.image(patch.image());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("image", image.path());
        facts.put("label", subject.dataset().classes().get(label));
        facts.put("from", from);
        facts.put("rank", String.valueOf(i + 1));
        facts.put("logit", String.valueOf(patch.logit()));
        facts.put("class", subject.dataset().classes().get(image.label()));
        facts.put("top", String.valueOf(row));
        facts.put("left", String.valueOf(column));
        facts.put("side", String.valueOf(patches.field()));
        Pixels pixels = subject.dataset().read(image, subject.shape().imageSize());
        outputs.picture(
            PredictivePatchesExperiment.PATCH_PICTURES,
            ArtifactKind.PICTURE,
            // Use the number of the class, because its name may have any length and characters.
            "patch-%d-%s-%d.png".formatted(label + 1, from, i + 1),
            Png.of(Magnified.square(pixels, row, column, patches.field())),
            facts);
        int written = 2 * most * label + (from.equals(OWN) ? 0 : most) + i + 1;
        run.progress().advance(Phase.EXPLAINING, 0, 0, written, pictures(), 1, costOfPicture);
      }
    }
  }
}
