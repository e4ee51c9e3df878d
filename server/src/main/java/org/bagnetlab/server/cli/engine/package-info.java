/** Commands that use an engine on this machine, without a server. */
package org.bagnetlab.server.cli.engine;
