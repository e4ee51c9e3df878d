/** The patches of images that a network takes for the clearest signs of each class. */
@NullMarked
package org.bagnetlab.experiment.predictivepatches;

import org.jspecify.annotations.NullMarked;
