/** The patches, across many images, that a network considers most typical of each class. */
package org.bagnetlab.vision.predictivepatches;
