package org.bagnetlab.experiment.occlusion;

import org.bagnetlab.experiment.AboutRun;

/**
 * Masks more and more tiles of each test image.
 *
 * @param run the train job whose best checkpoint is measured
 * @param tiles per side of the grid that an image is cut into
 * @param most largest number of masked tiles
 * @param seed decides in which order the tiles of each image are masked
 */
public record OcclusionSpec(long run, int tiles, int most, long seed) implements AboutRun {

  @Override
  public String kind() {
    return OcclusionExperiment.NAME;
  }
}
