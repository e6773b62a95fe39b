from goldthread.cli.main import main

# Guarded because server workers are spawned, and spawning imports this module again.
if __name__ == "__main__":
    main()
