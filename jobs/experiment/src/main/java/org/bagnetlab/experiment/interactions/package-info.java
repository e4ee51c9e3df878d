/** Measures whether the effects of masks on different parts of an image add up. */
package org.bagnetlab.experiment.interactions;
