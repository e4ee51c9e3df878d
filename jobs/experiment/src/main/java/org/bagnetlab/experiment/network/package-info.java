/** The network that a job is about, trained here or imported, and its input images. */
@NullMarked
package org.bagnetlab.experiment.network;

import org.jspecify.annotations.NullMarked;
