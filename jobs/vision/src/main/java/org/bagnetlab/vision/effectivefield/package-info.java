/** The effective receptive field: how much each pixel counts for a position of a feature map. */
package org.bagnetlab.vision.effectivefield;
