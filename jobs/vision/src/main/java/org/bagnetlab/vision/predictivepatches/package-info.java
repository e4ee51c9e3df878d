/** The patches of many images that a network takes for the clearest signs of each class. */
@NullMarked
package org.bagnetlab.vision.predictivepatches;

import org.jspecify.annotations.NullMarked;
