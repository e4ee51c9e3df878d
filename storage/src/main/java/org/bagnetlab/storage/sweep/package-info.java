/** SQL statements for sweeps and the rungs that their trials reached. */
package org.bagnetlab.storage.sweep;
