/** The SQL of sweeps and of the rungs that their trials reached. */
package org.bagnetlab.storage.sweep;
