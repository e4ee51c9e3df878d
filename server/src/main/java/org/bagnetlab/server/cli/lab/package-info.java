/** The lab that a command uses: a running server, or a data directory. */
package org.bagnetlab.server.cli.lab;
