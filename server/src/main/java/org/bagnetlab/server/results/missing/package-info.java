/** The jobs that views lack: trainings with further seeds, and analyses of trained networks. */
package org.bagnetlab.server.results.missing;
