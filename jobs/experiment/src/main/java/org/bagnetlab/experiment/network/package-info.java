/** The network that a job is about, trained here or imported, and its input images. */
package org.bagnetlab.experiment.network;
