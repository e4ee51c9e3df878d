/** Measures whether evidence lies where it should, on images whose construction is known. */
package org.bagnetlab.experiment.localisation;
