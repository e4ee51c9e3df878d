/** Finds the patches of images that a network considers the clearest signs of each class. */
@NullMarked
package org.bagnetlab.experiment.predictivepatches;

import org.jspecify.annotations.NullMarked;
